alter table invoice drop column status;
drop type invoice_status;
