create table payment (
    id         bigint generated always as identity primary key,
    invoice_id bigint not null,
    amount     numeric(12, 2) not null,
    paid_at    timestamptz not null default now()
);
