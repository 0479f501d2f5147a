-- Không thư nào được hồi âm trước khi gửi.
select letter_key, day, answered_on from letters where answered_on < day
