create index concurrently customer_email on customer (unhurried(email));
