create table invoice (
    id bigint generated always as identity primary key,
    customer bigint not null references customer,
    cents int not null
);
