-- Twice would show: the rows have no key of their own.
insert into invoice (customer, cents) select id, 100 from customer where id <= 300 order by id;
select pg_sleep(0.2);
