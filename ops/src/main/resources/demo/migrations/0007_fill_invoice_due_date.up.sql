alter table invoice add column due_on date;
update invoice set due_on = issued_on + 30;
alter table invoice alter column due_on set not null;
