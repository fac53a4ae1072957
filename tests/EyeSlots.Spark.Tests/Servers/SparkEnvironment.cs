namespace EyeSlots.Spark.Tests.Servers;

/// <summary>Variables for Spark's processes: everything on this machine's loopback and in one folder, and what the options add.</summary>
internal static class SparkEnvironment
{
    public static Dictionary<string, string> Of(string home, string folder, SparkServerOptions options)
    {
        Dictionary<string, string> variables = new()
        {
            ["SPARK_HOME"] = home,
            ["SPARK_LOCAL_IP"] = "127.0.0.1",
            ["SPARK_LOCAL_HOSTNAME"] = "127.0.0.1",
            ["SPARK_LOCAL_DIRS"] = folder,
            ["SPARK_WORKER_DIR"] = Path.Combine(folder, "work"),
            ["SPARK_NO_DAEMONIZE"] = "1",
            ["JAVA_TOOL_OPTIONS"] = $"{options.JavaFlags} -Djava.io.tmpdir={folder}",
        };
        foreach (var (name, value) in options.Environment) variables[name] = value;
        return variables;
    }

    /// <summary>Deletes a folder in which killed processes may still have open files.</summary>
    public static void Delete(string folder)
    {
        for (var tries = 0; Directory.Exists(folder); tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (tries < 20)
            {
                Thread.Sleep(50);
            }
        }
    }
}
