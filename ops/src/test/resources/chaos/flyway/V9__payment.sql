create table payment (
    invoice bigint not null,
    paid_on date not null,
    cents int not null
) partition by range (paid_on);
create table payment_2026 partition of payment for values from ('2026-01-01') to ('2027-01-01');
create index payment_by_invoice on payment (invoice);
