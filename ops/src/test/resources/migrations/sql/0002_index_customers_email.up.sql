-- Sign-in looks customers up by address.
-- skein: transaction=none
set maintenance_work_mem = '256MB';
create unique index concurrently if not exists customers_email_idx on customers (email);
