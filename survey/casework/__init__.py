"""The pages of cases: inbox, case, causes and figures. What they do stands in survey/cases."""
