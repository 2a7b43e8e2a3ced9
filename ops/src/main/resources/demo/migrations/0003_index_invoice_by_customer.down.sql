-- skein: transaction=none
drop index concurrently invoice_customer_id_idx;
