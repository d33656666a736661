using System.Text.Json;
using System.Text.Json.Serialization;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Output;

/// <summary>One object for programs; its shape is the same for every command that finds things, and stable.</summary>
internal static class JsonReport
{
    // Commands that change nothing have no 'changes'.
    private static readonly JsonSerializerOptions s_options = new(JsonOutput.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void Write(Report report, TextWriter writer)
    {
        var json = new
        {
            Findings = Of(report.Findings),
            Summary = new
            {
                Findings = report.Findings.Count,
                Errors = report.Count(FindingLevel.Error),
                Warnings = report.Count(FindingLevel.Warning),
                Infos = report.Count(FindingLevel.Info),
                report.Suppressed,
                Known = report.Known.Count,
                report.FilesWithFindings,
                Projects = report.ProjectsChecked,
                Files = report.FilesChecked,
                Complete = report.Problems.Count == 0,
                Problems = report.Problems.Select(problem => new
                {
                    problem.Code,
                    problem.Place.File,
                    problem.Place.Line,
                    problem.Place.Column,
                    problem.Message,
                }),
                report.Notes,
                report.Changes,
            },
        };

        writer.WriteLine(JsonSerializer.Serialize(json, s_options));
    }

    /// <summary>Findings as every command that finds things has them.</summary>
    public static IEnumerable<object> Of(IEnumerable<Finding> findings) => findings.Select(static finding => new
    {
        finding.Rule,
        Level = Sentences.NameOf(finding.Level),
        finding.Place.File,
        finding.Place.Line,
        finding.Place.Column,
        finding.Message,
    });
}
