DROP TABLE source;
DROP TABLE data_version;
