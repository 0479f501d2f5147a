-- One row per channel that has a case or a sheet.
select channel from monthly_procedures
union
select channel from survey_sheets
order by channel
