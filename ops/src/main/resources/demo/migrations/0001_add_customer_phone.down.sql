alter table customer drop column phone;
