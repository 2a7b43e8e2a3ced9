alter table payment
    add constraint payment_invoice_id_fkey foreign key (invoice_id) references invoice (id);
