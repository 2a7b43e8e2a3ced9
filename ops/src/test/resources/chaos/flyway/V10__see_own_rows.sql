alter table payment enable row level security;
create policy own_rows on payment using (cents > 0);
grant select on payment to public;
