using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Output;

/// <summary>One object for programs; its shape is the same for every command that finds things, and stable.</summary>
internal static class JsonReport
{
    public static void Write(Report report, TextWriter writer)
    {
        var json = new
        {
            Findings = report.Findings.Select(finding => new
            {
                finding.Rule,
                Level = Sentences.NameOf(finding.Level),
                finding.Place.File,
                finding.Place.Line,
                finding.Place.Column,
                finding.Message,
            }),
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

        JsonOutput.Write(writer, json);
    }
}
