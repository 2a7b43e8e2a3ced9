-- skein: transaction=none
create index concurrently invoice_customer_id_idx on invoice (customer_id);
