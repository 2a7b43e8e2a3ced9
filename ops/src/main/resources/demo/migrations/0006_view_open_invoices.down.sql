drop view open_invoice;
