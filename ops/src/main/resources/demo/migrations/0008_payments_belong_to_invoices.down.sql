alter table payment drop constraint payment_invoice_id_fkey;
