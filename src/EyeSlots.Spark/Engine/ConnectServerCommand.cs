using System.Diagnostics;
using EyeSlots.Core;

namespace EyeSlots.Spark.Engine;

/// <summary>How a Connect server of this machine is started: everything on the loopback and in one folder.</summary>
internal static class ConnectServerCommand
{
    // The shell stands between: it ends Spark when our end of the pipe closes. A session of its own keeps a terminal's Ctrl-C from
    // Spark, which has to serve until we have stopped.
    private const string Guarded = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        server=$!
        (read -r _ <&3; kill "$server") &
        wait "$server"
        """;

    /// <summary>The server's own jar.</summary>
    /// <exception cref="EyeSlotsException">There is none.</exception>
    public static string JarOf(string home)
    {
        var jars = Path.Combine(home, "jars");
        return (Directory.Exists(jars) ? Directory.EnumerateFiles(jars, "spark-connect_*.jar").FirstOrDefault() : null)
            ?? throw new EyeSlotsException(ErrorCodes.SparkFailed, $"{home} holds no Spark with Connect (jars/spark-connect_*.jar); set SPARK_HOME to a Spark 4.0 or later.");
    }

    /// <summary>The process to start; the server ends when its standard input does. It listens on a free port, which it writes.</summary>
    public static ProcessStartInfo Of(string home, string jar, string token, string folder)
    {
        string[] settings =
        [
            "spark.connect.grpc.binding.address=127.0.0.1", "spark.connect.grpc.binding.port=0",
            "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1", "spark.ui.enabled=false", $"spark.local.dir={folder}",
            $"spark.sql.warehouse.dir={Path.Combine(folder, "warehouse")}",
        ];
        var start = new ProcessStartInfo("setsid",
        [
            "sh", "-c", Guarded, "sh", Path.Combine(home, "bin", "spark-submit"), "--master", "local[*]",
            .. settings.SelectMany(setting => (string[])["--conf", setting]),
            "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", jar,
        ])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        // It names another server, and Spark's start refuses it beside a master.
        start.Environment.Remove("SPARK_REMOTE");
        (start.Environment["SPARK_HOME"], start.Environment["SPARK_LOCAL_IP"]) = (home, "127.0.0.1");

        // In the environment and not in the arguments, which every user of the machine can list.
        start.Environment["SPARK_CONNECT_AUTHENTICATE_TOKEN"] = token;
        return start;
    }
}
