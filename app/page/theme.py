"""The look: calm, warm white and near-black, system fonts, one accent; colours in one place for light and dark."""
from pathlib import Path

import gradio as gr
from gradio.themes import Color

HERE = Path(__file__).resolve().parent
FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
BLUE = Color("#eef6fb", "#d9ebf6", "#b3d7ed", "#7db9dd", "#3d94c8", "#0072b2", "#00609a", "#004f80", "#003f66", "#002f4d", "#002033",
             name="because")
SAND = Color("#fbfaf7", "#f4f2ec", "#e6e2d8", "#cfcabd", "#a8a294", "#6f6a5f", "#57534a", "#403d37", "#2b2926", "#1e1d1b", "#141312",
             name="sand")


def theme():
    """Gradio's Default theme with system fonts, larger text and colours of AA contrast."""
    return gr.themes.Default(primary_hue=BLUE, neutral_hue=SAND, font=FONTS, font_mono=["ui-monospace", "Menlo", "monospace"],
                             text_size=gr.themes.sizes.text_lg, radius_size=gr.themes.sizes.radius_md).set(
        body_background_fill="#fbfaf7", body_background_fill_dark="#171614",
        body_text_color="#1d1b18", body_text_color_dark="#eeebe4",
        body_text_color_subdued="#57534a", body_text_color_subdued_dark="#bdb7aa",
        block_background_fill="#ffffff", block_background_fill_dark="#201f1c",
        block_label_text_color="#403d37", block_label_text_color_dark="#d9d4c8",
        block_title_text_color="#2b2926", block_title_text_color_dark="#e6e2d8",
        block_info_text_color="#57534a", block_info_text_color_dark="#bdb7aa",
        border_color_primary="#e0dbd0", border_color_primary_dark="#3b3833",
        input_background_fill="#ffffff", input_background_fill_dark="#26241f",
        input_border_color="#8f897c", input_border_color_dark="#7d776a",
        input_placeholder_color="#6f6a5f", input_placeholder_color_dark="#a8a294",
        button_primary_background_fill="#00609a", button_primary_background_fill_hover="#004f80",
        button_primary_background_fill_dark="#7db9dd", button_primary_background_fill_hover_dark="#b3d7ed",
        button_primary_text_color="#ffffff", button_primary_text_color_dark="#10202b",
        button_secondary_background_fill="#f4f2ec", button_secondary_background_fill_hover="#e6e2d8",
        button_secondary_background_fill_dark="#2b2926", button_secondary_background_fill_hover_dark="#3b3833",
        button_secondary_text_color="#1d1b18", button_secondary_text_color_dark="#eeebe4",
        shadow_drop="none", shadow_drop_lg="none", block_shadow="none")


def css():
    return (HERE / "style.css").read_text(encoding="utf-8")


def head():
    """Script of the page and the viewport; nothing in it points to another host."""
    return f"<script>{(HERE / 'page.js').read_text(encoding='utf-8')}</script>"
