namespace AiGuardrails.X; internal static class Marker { }
