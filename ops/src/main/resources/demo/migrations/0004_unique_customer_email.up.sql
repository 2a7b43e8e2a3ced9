alter table customer add constraint customer_email_key unique (email);
