namespace AiGuardrails.Core; internal static class Marker { }
