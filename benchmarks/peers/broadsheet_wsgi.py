"""Broadsheet's own WSGI application, asked in a process of its own."""

from benchmarks.asked import answer_questions
from broadsheet.config.wsgi import application

if __name__ == "__main__":
    answer_questions(application)
