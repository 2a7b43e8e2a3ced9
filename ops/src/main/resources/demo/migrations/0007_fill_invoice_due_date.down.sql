alter table invoice drop column due_on;
