alter table customer add column phone text;
comment on column customer.phone is 'In international form, for reminders';
