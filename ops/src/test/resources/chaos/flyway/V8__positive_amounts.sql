alter table invoice add constraint positive check (cents > 0);
update invoice set cents = cents + 19;
