"""The browser's face of the assistant. The only package that knows Gradio."""
