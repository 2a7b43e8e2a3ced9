alter table customers drop column state;
drop type customer_state;
