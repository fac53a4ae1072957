using System.Xml.Linq;

namespace EyeSlots.Integration.Tests.Truth;

/// <summary>The C# of the README stands in files that are compiled and run, and what the build declares is used.</summary>
public sealed class CodeTruthTests
{
    private const int MostLines = 200;

    public static TheoryData<string> Snippets => [.. Document.Readme.Snippets("csharp")];

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Snippet_OfTheReadme_StandsInAFileOfTheTests(string snippet)
    {
        var files = Directory.EnumerateFiles(Document.InRepository("tests"), "*.cs", SearchOption.AllDirectories);
        Assert.Contains(files, file => Lines(File.ReadAllText(file)).Contains(Lines(snippet), StringComparison.Ordinal));
    }

    [Fact]
    public void PackageVersions_AreThoseThatProjectsReference()
    {
        var declared = XDocument.Load(Document.InRepository("Directory.Packages.props")).Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value);
        string[] folders = [Document.InRepository("src"), Document.InRepository("tests")];
        string[] kinds = ["*.csproj", "*.targets"];
        var projects = folders.SelectMany(folder => kinds.SelectMany(kind => Directory.EnumerateFiles(folder, kind, SearchOption.AllDirectories))).Append(Document.InRepository("Directory.Build.props"));
        var used = projects.SelectMany(project => XDocument.Load(project).Descendants("PackageReference")).Select(package => package.Attribute("Include")!.Value);
        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), declared.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ProjectsOfTheMap_AreThoseOfTheSolution()
    {
        string[] folders = ["src", "tests"];
        var projects = folders.SelectMany(folder => Directory.EnumerateDirectories(Document.InRepository(folder)).Where(project => Directory.EnumerateFiles(project, "*.csproj").Any())
            .Select(project => $"{folder}/{Path.GetFileName(project)}"));
        Assert.Equal(projects.Order(StringComparer.Ordinal), Document.Contributing.FirstColumn("project").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void FoldersOfTheMap_AreThoseOfTheProjects()
    {
        var rows = Document.Contributing.Text.Split('\n').Where(line => line.StartsWith("| `src/", StringComparison.Ordinal));
        Assert.NotEmpty(rows);
        foreach (var cells in rows.Select(row => row.Split('|')))
        {
            var project = Document.InRepository(cells[1].Trim().Trim('`'));
            var named = cells[2].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var there = Directory.EnumerateDirectories(project).Select(folder => Path.GetFileName(folder)!).Where(folder => folder is not ("bin" or "obj"));
            Assert.Equal((project, string.Join(", ", there.Order(StringComparer.Ordinal))), (project, string.Join(", ", named.Order(StringComparer.Ordinal))));
        }
    }

    /// <summary>As CONTRIBUTING says: a file that is longer does two things.</summary>
    [Theory]
    [InlineData("*.cs")]
    [InlineData("*.py")]
    [InlineData("*.sh")]
    public void Files_OfSourcesAndTests_HaveAtMostTwoHundredLines(string kind)
    {
        var files = new[] { "src", "tests", "build" }.SelectMany(folder => Directory.EnumerateFiles(Document.InRepository(folder), kind, SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => File.ReadLines(file).Count() > MostLines);
    }

    /// <summary>Without indentation, which differs with the place.</summary>
    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}
