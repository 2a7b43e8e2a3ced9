create view open_invoice as
select invoice.id, customer.name, invoice.amount
from invoice
join customer on customer.id = invoice.customer_id
where invoice.status = 'open';
