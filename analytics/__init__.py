"""Pure functions on numbers: no database, no Streamlit, no clock."""
