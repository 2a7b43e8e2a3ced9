create type customer_state as enum ('new', 'active', 'gone');
alter table customer add column state customer_state not null default 'new';
comment on column customer.state is 'new until the first visit';
