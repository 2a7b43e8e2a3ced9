-- What each tenant has before Skein comes. The function makes a build of an index last
-- about a second without keeping a processor busy, so that there is time to kill whoever builds.
create table customer (
    id bigint generated always as identity primary key,
    name text not null,
    email text not null,
    visits int not null default 0
);

insert into customer (name, email)
select 'customer ' || n, 'customer' || n || '@example.com' from generate_series(1, 1200) as n;

create function unhurried(value text) returns text immutable language plpgsql as $$
begin
    perform pg_catalog.pg_sleep(0.001);
    return value;
end $$;
