create view open_invoices as
    select customer, count(*) as invoices, sum(cents) as cents from invoice group by customer;
