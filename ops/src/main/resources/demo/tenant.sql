create table customer (
    id    bigint generated always as identity primary key,
    name  text not null,
    email text not null
);
create table invoice (
    id          bigint generated always as identity primary key,
    customer_id bigint not null references customer (id),
    amount      numeric(12, 2) not null,
    issued_on   date not null
);
insert into customer (name, email)
select 'Customer ' || n, 'customer' || n || '@example.com' from generate_series(1, 200) n;
insert into invoice (customer_id, amount, issued_on)
select 1 + n % 200, 10 + n % 90, date '2026-01-01' + n % 300 from generate_series(1, 1000) n;
