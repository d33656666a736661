using System.Globalization;
using System.Text;
using AiGuardrails.Core.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Tests.Conventions.Translation;

/// <summary>Words that people read, and where they stand in the code.</summary>
internal sealed record FoundWords(string Text, string Place);

/// <summary>
/// Every text of the source code that becomes a <see cref="Sentence"/>: what is given where <see cref="WordsAttribute"/> stands, and
/// what the compiler makes of an interpolated string. What is neither a constant nor marked itself is a problem.
/// </summary>
internal sealed class WordsInCode
{
    private static readonly string s_source = Path.Combine(Repository.Root, "src");

    private readonly List<FoundWords> _words = [];
    private readonly List<string> _problems = [];
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];

    /// <summary>Reads what is compiled into the assemblies of the compiler, as one compilation.</summary>
    public static WordsInCode Read()
    {
        var parseOptions = new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: ["NETSTANDARD2_0", "NETSTANDARD"]);
        string[] usings = ["System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Threading", "System.Threading.Tasks", "AiGuardrails.Core.Text"];
        string[] flow = ["Jobs", "Loops", "Requests", "Values"];
        var globals = string.Concat(usings.Concat(flow.Select(static folder => "AiGuardrails.Analyzers.Flow." + folder)).Select(static name => $"global using {name};\n"));
        var files = new[] { "AiGuardrails.Core", "AiGuardrails.Analyzers", "AiGuardrails.Generators", "Shared" }
            .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(s_source, folder), "*.cs", SearchOption.AllDirectories))
            .Where(static file => Path.GetFileName(file) != "Polyfills.cs" && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), parseOptions, file, Encoding.UTF8))
            .Append(CSharpSyntaxTree.ParseText(globals, parseOptions, "Usings.cs", Encoding.UTF8))
            .ToArray();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("AiGuardrails", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path));

        var compilation = CSharpCompilation.Create("Words", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var words = new WordsInCode();
        foreach (var tree in trees)
        {
            words._models[tree] = compilation.GetSemanticModel(tree);
        }

        foreach (var tree in trees)
        {
            words.Read(tree);
        }

        return words;
    }

    public IReadOnlyList<FoundWords> Words => _words;

    /// <summary>Gets what cannot be told from the code, one line for each place.</summary>
    public IReadOnlyList<string> Problems => _problems;

    private void Read(SyntaxTree tree)
    {
        var model = _models[tree];
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            switch (node)
            {
                case InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax or ElementAccessExpressionSyntax:
                    ReadArguments(model.GetOperation(node));
                    break;
                case ExpressionSyntax expression when model.GetConversion(expression) is { IsUserDefined: true, MethodSymbol: { ContainingType.Name: nameof(Sentence) } }:
                    ReadWords(model.GetOperation(expression), expression);
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when model.GetTypeInfo(sum).ConvertedType is { Name: nameof(Sentence) }:
                    _problems.Add($"{PlaceOf(sum)}: a sentence is one interpolated string, not a sum of several");
                    break;
                case ExpressionSyntax several when model.GetTypeInfo(several) is { Type: var type, ConvertedType: INamedTypeSymbol { IsTupleType: true } tuple }
                    && !SymbolEqualityComparer.Default.Equals(type, tuple)
                    && tuple.TupleElements.Any(static element => element.Type.Name == nameof(Sentence))
                    && (type is not INamedTypeSymbol { IsTupleType: true } found || !found.TupleElements.Zip(tuple.TupleElements).All(static pair => pair.Second.Type.Name != nameof(Sentence) || pair.First.Type.Name == nameof(Sentence))):
                    _problems.Add($"{PlaceOf(several)}: the words of a tuple are not seen; write Sentence.Of(\"…\") in it");
                    break;
                case InterpolatedStringExpressionSyntax interpolated when model.GetTypeInfo(interpolated).ConvertedType is { Name: nameof(Sentence) }:
                    _words.Add(new FoundWords(FormatOf(interpolated), PlaceOf(interpolated)));
                    break;
            }
        }
    }

    private void ReadArguments(IOperation? operation)
    {
        var arguments = operation switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => [],
        };

        foreach (var argument in arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is { } parameter && IsMarked(parameter) && argument.Syntax is ArgumentSyntax syntax)
            {
                ReadWords(argument.Value, syntax.Expression);
            }
        }
    }

    private void ReadWords(IOperation? value, SyntaxNode place)
    {
        switch (value)
        {
            case { ConstantValue: { HasValue: true, Value: string text } }:
                _words.Add(new FoundWords(text, PlaceOf(place)));
                break;
            case { ConstantValue: { HasValue: true, Value: null } }:
                break;
            case IConversionOperation conversion:
                ReadWords(conversion.Operand, place);
                break;
            case IConditionalOperation conditional:
                ReadWords(conditional.WhenTrue, place);
                ReadWords(conditional.WhenFalse, place);
                break;
            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms)
                {
                    ReadWords(arm.Value, place);
                }

                break;
            case IParameterReferenceOperation { Parameter: var parameter } when IsMarked(parameter):
            case IMemberReferenceOperation { Member: var member } when IsMarked(member):
                break;
            default:
                _problems.Add($"{PlaceOf(place)}: {place.ToString().ReplaceLineEndings(" ")} is words, and not a constant; write Sentence.Of($\"…\") at every branch, or Sentence.Of(\"{{0}}\", …) for what is not translated");
                break;
        }
    }

    private static bool IsMarked(ISymbol symbol) => symbol.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == nameof(WordsAttribute));

    private static string FormatOf(InterpolatedStringExpressionSyntax interpolated)
    {
        var format = new StringBuilder();
        var hasHoles = interpolated.Contents.Any(SyntaxKind.Interpolation);
        var hole = 0;
        foreach (var content in interpolated.Contents)
        {
            if (content is InterpolationSyntax interpolation)
            {
                var clause = interpolation.FormatClause is { } written ? ":" + written.FormatStringToken.ValueText : "";
                format.Append(CultureInfo.InvariantCulture, $"{{{hole++}{clause}}}");
            }
            else
            {
                var text = ((InterpolatedStringTextSyntax)content).TextToken.ValueText;
                format.Append(hasHoles ? text : text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal));
            }
        }

        return format.ToString();
    }

    private static string PlaceOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return $"{Path.GetRelativePath(s_source, span.Path)}({(span.StartLinePosition.Line + 1).ToString(CultureInfo.InvariantCulture)})";
    }
}
