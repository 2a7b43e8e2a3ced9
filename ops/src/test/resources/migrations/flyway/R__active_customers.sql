create or replace view active_customers as select id, email from customers where state <> 'gone';
