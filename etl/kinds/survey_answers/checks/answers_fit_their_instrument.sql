-- Mỗi câu trả lời nằm trong thang điểm của mẫu phiếu.
select
    survey_answers.sheet_no, survey_answers.item, survey_answers.score
from survey_answers
join survey_sheets on survey_sheets.sheet_no = survey_answers.sheet_no
join instruments on instruments.instrument_id = survey_sheets.instrument_id
where survey_answers.score not between instruments.lowest_score and instruments.highest_score
