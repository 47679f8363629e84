module seatbook.example/go

go 1.19
