-- skein: transaction=none
drop index concurrently if exists customers_email_idx;
