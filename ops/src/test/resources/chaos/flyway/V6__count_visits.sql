create function count_visit() returns trigger language plpgsql as $$
begin
    new.visits := old.visits + 1;
    return new;
end $$;
create trigger count_visit before update of state on customer
    for each row execute function count_visit();
