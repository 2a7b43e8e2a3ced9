-- The trigger counts: twice would show.
update customer set state = 'active' where id <= 500;
select pg_sleep(0.2);
