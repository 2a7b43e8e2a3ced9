create type invoice_status as enum ('open', 'paid', 'written-off');
alter table invoice add column status invoice_status not null default 'open';
