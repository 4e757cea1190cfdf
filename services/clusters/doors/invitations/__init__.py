"""Asking somebody into a school or an office: nobody belongs anywhere before their own yes."""
