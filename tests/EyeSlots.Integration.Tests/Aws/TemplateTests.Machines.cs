using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EyeSlots.Integration.Tests.Containers;
using EyeSlots.Integration.Tests.Truth;
using Templates = System.Collections.Generic.IReadOnlyDictionary<string, EyeSlots.Integration.Tests.Aws.ParsedTemplate>;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What machines start with, and the state machines.</summary>
public sealed partial class TemplateTests
{
    private const int MostUserData = 16 << 10, MostBody = 51_200;

    private static readonly string[] Settings =
    [
        "REGION", "BUCKET", "CLUSTER", "ROLE", "STACK", "RESOURCE", "GROUP", "SECRET", "PROGRAM_SHA256", "SPARK_SHA256", "JRE_SHA256", "LIBTORCH_SHA256",
        "MIN_WORKERS", "INITIAL_WORKERS", "MAX_WORKERS", "LIFETIME_SECONDS",
    ];

    [Fact]
    public void UserData_IsTheBytesOfBootShBehindSettings_ShortAndWithoutASecret() => Holds(
        UserDataIsRight,
        all => all["cluster"].Root["Mappings"]!["Boot"]!["Script"]!["Text"] = "echo",
        all => all["trainer"].Root["Mappings"]!["Boot"]!["Script"]!["Text"] = all["trainer"].Root["Mappings"]!["Boot"]!["Script"]!["Text"]! + new string('#', MostUserData),
        all => Head(Launch(all, "MasterTemplate"))[0] = Head(Launch(all, "MasterTemplate"))[0]!.ToString().Replace("${RpcSecret}", "{{resolve:secretsmanager:eyeslots}}", StringComparison.Ordinal),
        all => Head(Launch(all, "WorkerTemplate"))[0] = Head(Launch(all, "WorkerTemplate"))[0] + "export EYESLOTS_TOKEN=abc\n");

    [Fact]
    public void InstanceStore_IsUsedWhereThereIsOne() => Holds(
        all => all.Values.Where(template => template.Root["Mappings"] is not null && !Regex.IsMatch(Boot(template), @"lsblk .*Instance Storage[\s\S]*mount ")).Select(template => template.Name),
        all => all["cluster"].Root["Mappings"]!["Boot"]!["Script"]!["Text"] = Boot(all["cluster"]).Replace("lsblk", "true", StringComparison.Ordinal));

    [Fact]
    public async Task Templates_HoldTheBootShOfToday() =>
        await ToolProcess.DemandAsync("bash", [Document.InRepository("build", "fill-templates.sh"), "--check"]);

    [Fact]
    public void TheBase_IsSentInOnePiece_BecauseThereIsNoBucketYet() => Assert.InRange(new FileInfo(ParsedTemplate.PathOf("base.yaml")).Length, 1, MostBody);

    [Fact]
    public void EveryCallOfAStateMachine_EndsInTime_AndItsFailureLeadsToTheDeletion() => Holds(
        CallsAreCaught,
        all => Change(all["nightly"], "Night", machine => machine["States"]!["Work"]!.AsObject().Remove("Catch")),
        all => Change(all["nightly"], "Night", machine => machine["States"]!["Delete"]!.AsObject().Remove("Catch")),
        all => Change(all["nightly"], "Night", machine => machine["States"]!["LookWhetherGone"]!.AsObject().Remove("TimeoutSeconds")),
        all => Change(all["base"], "Reaper", machine => machine["States"]!["Delete"]!.AsObject().Remove("Catch")));

    [Fact]
    public void EveryLoopOfAStateMachine_IsCounted() => Holds(
        LoopsAreCounted,
        all => Change(all["nightly"], "Night", machine => machine["States"]!["CountTurn"]!["Next"] = "Delete"),
        all => Change(all["nightly"], "Night", machine => Branch(machine)["Count"]!["Next"] = "Wait"),
        all => Change(all["nightly"], "Night", machine => machine["States"]!["HasFailed"]!["Default"] = "NextZone"),
        all => Change(all["base"], "Reaper", machine => machine["States"]!["Count"]!["Next"] = "Delete"));

    private static IEnumerable<string> UserDataIsRight(Templates all)
    {
        var boot = File.ReadAllText(Document.InRepository("deploy", "boot.sh"));
        foreach (var template in all.Values.Where(template => template.Root["Mappings"] is not null))
        {
            if (!Boot(template).Contains(boot, StringComparison.Ordinal)) yield return $"{template.Name} has another boot.sh";
            foreach (var (name, data) in TemplateRules.LaunchData(new Dictionary<string, ParsedTemplate> { ["one"] = template }))
            {
                var head = Head(data)[0]!.ToString();
                if (Encoding.UTF8.GetByteCount(head + Boot(template)) + 1024 > MostUserData) yield return $"{name} is too long, with a kilobyte for what is put in";
                if (head.Contains("resolve:", StringComparison.Ordinal) || head.Contains("GetSecretValue", StringComparison.Ordinal)) yield return $"{name} reads a secret";
                foreach (var setting in Regex.Matches(head, "([A-Z_0-9]+)=").Select(found => found.Groups[1].Value["EYESLOTS_".Length..]).Except(Settings)) yield return $"{name} sets {setting}";
            }
        }
    }

    /// <summary>A call is in time when it has a limit; its failure is caught by itself, or by the state that it lies in.</summary>
    private static IEnumerable<string> CallsAreCaught(Templates all)
    {
        foreach (var (machine, isReaper) in ((JsonObject, bool)[])[(Machine(all["nightly"], "Night"), false), (Machine(all["base"], "Reaper"), true)])
        {
            foreach (var (name, state) in machine["States"]!.AsObject())
            {
                var type = (string?)state!["Type"];
                var mayFail = isReaper && name == "Tell"; // which is tried again, and behind which there is only the failure
                if (type is "Task" or "Parallel" && !mayFail && !(state["Catch"]?[0]?["ErrorEquals"]?.ToJsonString().Contains("States.ALL", StringComparison.Ordinal) ?? false)) yield return $"{name} is not caught";
                if (type == "Task" && !isReaper && state["TimeoutSeconds"] is null) yield return $"{name} has no limit";
            }
        }

        foreach (var (name, state) in Branch(Machine(all["nightly"], "Night")))
        {
            if ((string?)state!["Type"] == "Task" && state["TimeoutSeconds"] is null) yield return $"{name} has no limit";
        }
    }

    /// <summary>Without the choices that compare a count there is no way back to any state.</summary>
    private static IEnumerable<string> LoopsAreCounted(Templates all)
    {
        foreach (var states in (JsonObject[])[Machine(all["nightly"], "Night")["States"]!.AsObject(), Branch(Machine(all["nightly"], "Night")), Machine(all["base"], "Reaper")["States"]!.AsObject()])
        {
            foreach (var (name, _) in states)
            {
                if (Reach(states, name).Contains(name)) yield return name;
            }
        }
    }

    private static HashSet<string> Reach(JsonObject states, string from)
    {
        HashSet<string> seen = [];
        Queue<string> next = new(Nexts(states, from));
        while (next.TryDequeue(out var name))
        {
            if (!seen.Add(name)) continue;
            foreach (var one in Nexts(states, name)) next.Enqueue(one);
        }

        return seen;
    }

    private static IEnumerable<string> Nexts(JsonObject states, string name)
    {
        var state = states[name]!.AsObject();
        if (state["Choices"]?.ToJsonString().Contains("\"NumericLessThan", StringComparison.Ordinal) ?? false) return [];
        IEnumerable<JsonNode?> direct = [state["Next"], state["Default"]];
        IEnumerable<JsonNode?> chosen = (state["Choices"]?.AsArray() ?? []).Concat(state["Catch"]?.AsArray() ?? []).Select(one => one!["Next"]);
        return direct.Concat(chosen).Where(one => one is not null).Select(one => one!.ToString());
    }

    internal static JsonObject Machine(ParsedTemplate template, string name) => JsonNode.Parse(Regex.Replace(Definition(template, name)[0]!.ToString(), @"\$\{\w+Seconds\}", "60"))!.AsObject();

    private static JsonObject Branch(JsonObject machine) => machine["States"]!["Work"]!["Branches"]![0]!["States"]!.AsObject();

    private static void Change(ParsedTemplate template, string name, Action<JsonObject> change)
    {
        var machine = Machine(template, name);
        change(machine);
        Definition(template, name)[0] = machine.ToJsonString();
    }

    // With values of its own, Fn::Sub is a list; without, a text, which becomes a list of one here.
    private static JsonArray Definition(ParsedTemplate template, string name)
    {
        var holder = template.Properties(name)["DefinitionString"]!.AsObject();
        if (holder["Fn::Sub"] is not JsonArray) holder["Fn::Sub"] = new JsonArray(holder["Fn::Sub"]!.ToString());
        return holder["Fn::Sub"]!.AsArray();
    }

    private static string Boot(ParsedTemplate template) => template.Root["Mappings"]!["Boot"]!["Script"]!["Text"]!.ToString();

    private static JsonArray Head(JsonObject data) => data["UserData"]!["Fn::Base64"]!["Fn::Join"]![1]![0]!["Fn::Sub"]!.AsArray();
}
