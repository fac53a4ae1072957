using System.Diagnostics;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Truth;

/// <summary>The repository's scripts under shellcheck.</summary>
public sealed class ScriptTests
{
    private static readonly string[] PassedOver = ["artifacts", ".git", "bin", "obj", "node_modules"];

    public static TheoryData<string> Scripts => [.. Find(SharedFolder.Repository).Select(path => Path.GetRelativePath(SharedFolder.Repository, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Script_UnderShellcheck_HasNoFinding(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("shellcheck", ["--external-sources", "--source-path=SCRIPTDIR", "--source-path=" + SharedFolder.Repository, Document.InRepository(script)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var ended = await EyeSlotsProgram.EndAsync(process);
        Assert.Equal((0, "", ""), (ended.ExitCode, ended.Output, ended.Errors));
    }

    private static IEnumerable<string> Find(string folder) =>
        Directory.EnumerateDirectories(folder).Where(inner => !PassedOver.Contains(Path.GetFileName(inner))).SelectMany(Find).Concat(Directory.EnumerateFiles(folder).Where(IsScript));

    private static bool IsScript(string path)
    {
        using var file = new StreamReader(path);
        var first = new char[24];
        var line = new string(first, 0, file.ReadBlock(first)).Split('\n')[0];
        return line is "#!/bin/sh" or "#!/bin/bash" or "#!/usr/bin/env bash";
    }
}
