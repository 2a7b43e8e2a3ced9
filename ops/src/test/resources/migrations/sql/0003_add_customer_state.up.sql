create type customer_state as enum ('trial', 'paying', 'gone');
alter table customers add column state customer_state not null default 'trial';
